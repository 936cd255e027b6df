# A cloud that is away for a while is waited for
things take 20 s to be built
web is created
  a
  b on a
once a is there
the cloud is away for 15 s
web ends as CREATE_COMPLETE
there are
  a
  b on a
