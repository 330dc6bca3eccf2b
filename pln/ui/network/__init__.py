"""The network: circles as a map, reach, who should meet, quiet edges, what was learned."""
