# A hook holds what it is for until it is cleared, on whatever engine
web is created with the hook pre-create at b
  a
  b on a
  c on b
  d
once b is waiting
after 60 s
b was never made
d was made once
the engine of web dies
an engine starts
after 60 s
b was never made
the hook pre-create at b of web is cleared
web ends as CREATE_COMPLETE
there are
  a
  b on a
  c on b
  d
