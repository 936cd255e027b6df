# What is no longer wanted goes, users first
web is created
  a
  b on a
  c on b
web ends as CREATE_COMPLETE
web is updated
  x
web ends as UPDATE_COMPLETE
there are
  x
b was deleted after c was deleted
a was deleted after b was deleted
