"""What the layers below told of becomes mails, by what it is about."""

from notices.receivers import cases, meetings, membership, money, network, programmes

__all__ = ["cases", "meetings", "membership", "money", "network", "programmes"]
