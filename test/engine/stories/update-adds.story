# An update makes what is new and leaves the rest alone
web is created
  a
  b on a
web ends as CREATE_COMPLETE
web is updated
  a
  b on a
  c on b
web ends as UPDATE_COMPLETE
there are
  a
  b on a
  c on b
a was made once
a was never changed
a of web went through CREATE_IN_PROGRESS, CREATE_COMPLETE
