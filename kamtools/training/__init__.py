"""For a room and for evenings alone: courses, trainee packs, the class view, the app.

The only room that may use explorers, learning and publishing together, so it has a floor of
its own, above theirs.
"""
