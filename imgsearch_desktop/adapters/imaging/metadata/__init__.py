"""What a picture file says about itself: EXIF, IPTC, XMP, sidecars, Google Takeout and its name."""
