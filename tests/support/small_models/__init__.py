"""Small models with random weights in the layouts of real ones: all about them is real but the meaning.

`folders.recipe_pair` and `folders.open_clip_pair` write one; nothing here needs torch.
"""
