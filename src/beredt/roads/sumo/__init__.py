"""Roads of the traffic simulator SUMO: `.net.xml`, plain or gzipped."""
