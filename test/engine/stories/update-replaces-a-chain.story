# A whole chain is replaced: the new from below, the old from above
web is created
  a color=red
  b on a color=red
  c on b color=red
web ends as CREATE_COMPLETE
web is updated
  a color=blue
  b on a color=blue
  c on b color=blue
web ends as UPDATE_COMPLETE
there are
  a color=blue
  b on a color=blue
  c on b color=blue
a was made twice
c was made twice
b was deleted after c was deleted
a was deleted after b was deleted
