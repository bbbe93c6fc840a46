"""What the layers below told of becomes mails, by what it is about."""

from notices.receivers import cases, money, network, programmes

__all__ = ["cases", "money", "network", "programmes"]
