# With rollback a failed create leaves nothing
z comes out in error always
web is created with rollback
  a
  b on a
  z on b
web ends as ROLLBACK_COMPLETE
there is nothing
a was deleted after b was deleted
