"""What comes in: files from elsewhere, whatever their format, as records, or as a list of what is wrong with them."""
