"""The starter model: works offline, in the first minute, from two small packages."""
