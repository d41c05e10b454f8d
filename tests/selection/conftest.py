from hypothesis import settings

# No deadline: how long an example takes depends on what else the machine does.
settings.register_profile("selection", deadline=None, max_examples=60)
settings.load_profile("selection")
