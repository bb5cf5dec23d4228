"""The filter language: conditions, how they are typed, what each key means, and the SQL that asks for them."""
