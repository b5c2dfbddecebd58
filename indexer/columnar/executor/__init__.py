"""From a query tree to the documents it holds for and their scores, on whole arrays.

``leaves`` finds words and what is made of them, ``stretches`` has the arithmetic of phrases and distances, ``matches``
that of AND and OR, ``evaluate`` walks the tree, ``scoring`` is the formula.
"""
