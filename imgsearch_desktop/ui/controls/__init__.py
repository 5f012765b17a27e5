"""Small controls in the look of the product."""
