"""From a superior plan down: taking over its activities into a draft, and which units have made them concrete."""
