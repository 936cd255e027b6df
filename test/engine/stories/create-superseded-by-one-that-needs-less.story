# What was begun stands on what it was begun with, and goes before that, though nothing of it is wanted any more
things take 5 s to be built
an engine starts
web is created
  a
  b on a color=red
once b is there
the engine of web dies
web is updated
  b color=blue
web ends as UPDATE_COMPLETE
there are
  b color=blue
b was made twice
a was deleted after b was deleted
