"""What mails say, by what they are about."""
