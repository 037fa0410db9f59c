package pluginstore

// Parsers of foreign bytes, for the fuzz tests.
var (
	ParseEnabled  = parseEnabled
	ParseArtifact = parseArtifact
)
