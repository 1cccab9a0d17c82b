"""Rules tried on stored cases beside the desk's work: the runner, and the process that judges."""
