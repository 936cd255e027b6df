# A failure leaves what was made, and begins nothing more
a comes out in error always
web is created
  a
  b on a
  x
web ends as CREATE_FAILED: resources.a
b was never made
x is CREATE_COMPLETE
a is CREATE_FAILED
web is deleted
web ends as DELETE_COMPLETE
there is nothing
