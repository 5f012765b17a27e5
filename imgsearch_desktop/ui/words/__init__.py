"""Facts as words for people; nothing but values and translations."""
