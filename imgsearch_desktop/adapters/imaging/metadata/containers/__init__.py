"""Where each file format keeps EXIF, XMP and IPTC."""
