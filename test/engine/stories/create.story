# Each resource is made when what it needs is there
web is created
  a
  b on a
  c on a+b
  d after c
web ends as CREATE_COMPLETE
there are
  a
  b on a
  c on a+b
  d
b was made after a was made
c was made after b was made
d was made after c was made
a of web went through CREATE_IN_PROGRESS, CREATE_COMPLETE
