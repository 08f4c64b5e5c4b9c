"""What is asked of and told to whoever changes records: questions, forms, cautions, and what a change means."""
