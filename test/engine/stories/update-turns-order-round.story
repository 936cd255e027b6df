# Only the order of two that stay is turned round
web is created
  a
  b after a
web ends as CREATE_COMPLETE
web is updated
  b
  a after b
web ends as UPDATE_COMPLETE
there are
  a
  b
a was made once
b was made once
