"""What goes out: records, answers and reports as other programs and papers take them."""
