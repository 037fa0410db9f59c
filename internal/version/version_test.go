package version_test

import (
	"regexp"
	"testing"

	"github.com/lilypad-network/lilypad/internal/version"
)

func TestVersion_isSemantic(t *testing.T) {
	if !regexp.MustCompile(`^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$`).MatchString(version.Version) {
		t.Errorf("version %q is none of semver.org", version.Version)
	}
	if version.Commit() == "" {
		t.Error("a build without a commit must say unknown")
	}
}
