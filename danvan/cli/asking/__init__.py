"""What is asked of and told to whoever changes something: questions, forms, cautions, and what the change means."""
