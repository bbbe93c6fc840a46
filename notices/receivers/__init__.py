"""What the layers below told of becomes mails, by what it is about."""

from notices.receivers import cases, money, programmes

__all__ = ["cases", "money", "programmes"]
