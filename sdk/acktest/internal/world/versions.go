package world

import (
	"slices"
	"time"

	"github.com/ackgen/ackgen/sdk/ack"
	"github.com/ackgen/ackgen/sdk/acktest/internal/catalog"
)

// A Version is a Kubernetes version that the service supports.
type Version struct {
	Name      string // such as 1.32.1-aliyun.1
	Creatable bool   // new clusters can have it
	Released  time.Time
	Expires   time.Time // the end of its support
	Runtimes  []string  // of containerd
}

// versions is the catalog, the oldest first. The names are those that the sources of the spec mention. The dates are about
// those of the service, and do not count: what is supported must not depend on when a test runs.
var versions = []Version{
	version("1.26.3-aliyun.1", false, 2023, time.April, "1.6.28"),
	version("1.28.9-aliyun.1", false, 2024, time.May, "1.6.28"),
	version("1.30.1-aliyun.1", false, 2024, time.July, "1.6.28", "1.6.38"),
	version("1.30.7-aliyun.1", true, 2025, time.January, "1.6.28", "1.6.38"),
	version("1.31.1-aliyun.1", true, 2025, time.January, "1.6.28", "1.6.38"),
	version("1.32.1-aliyun.1", true, 2025, time.April, "1.6.28", "1.6.38"),
	version("1.33.1-aliyun.1", true, 2025, time.July, "1.6.38", "2.1.3"),
	version("1.33.3-aliyun.1", true, 2025, time.September, "1.6.38", "2.1.3"),
	version("1.34.1-aliyun.1", true, 2025, time.December, "1.6.38", "2.1.3"),
}

func version(name string, creatable bool, year int, month time.Month, runtimes ...string) Version {
	released := time.Date(year, month, 30, 0, 0, 0, 0, time.UTC)
	return Version{Name: name, Creatable: creatable, Released: released, Expires: released.AddDate(2, 0, 0), Runtimes: runtimes}
}

// Versions returns the catalog of Kubernetes versions, the oldest first. Nobody may change it.
func Versions() []Version { return versions }

// FindVersion returns a version of the catalog, or nil.
func FindVersion(name string) *Version {
	if i := slices.IndexFunc(versions, func(v Version) bool { return v.Name == name }); i >= 0 {
		return &versions[i]
	}
	return nil
}

// NewestVersion returns the version that new clusters get.
func NewestVersion() *Version { return &versions[len(versions)-1] }

// newestRuntime returns the version of containerd that nodes of a Kubernetes version get. Registered clusters may have versions that the
// catalog lacks.
func newestRuntime(version string) string {
	v := FindVersion(version)
	if v == nil {
		v = NewestVersion()
	}
	return v.Runtimes[len(v.Runtimes)-1]
}

// CompareVersions compares versions by their numbers, as cmp.Compare does.
func CompareVersions(a, b string) int { return slices.Compare(catalog.Numbers(a), catalog.Numbers(b)) }

// minorsApart returns how many minor versions b is ahead of a, when both have the same major version.
func minorsApart(a, b string) (n int, same bool) {
	from, to := catalog.Numbers(a), catalog.Numbers(b)
	if len(from) < 2 || len(to) < 2 || from[0] != to[0] {
		return 0, false
	}
	return to[1] - from[1], true
}

// UpgradableVersions returns the versions to which a cluster can go in one step, the oldest first: newer ones of its own minor
// version, and those of the next minor version that the catalog has.
func UpgradableVersions(from string) []string {
	out := []string{}
	step := 0 // to the next minor version
	for _, v := range versions {
		apart, ok := minorsApart(from, v.Name)
		if !ok || CompareVersions(from, v.Name) >= 0 {
			continue
		}
		if step == 0 {
			step = apart
		}
		if apart == 0 || apart == step {
			out = append(out, v.Name)
		}
	}
	return out
}

// nextVersion returns the newest version to which a cluster can go in one step, empty when there is none.
func nextVersion(from string) string {
	all := UpgradableVersions(from)
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1]
}

// image is the one that a type stands for.
func image(kind ack.ImageType, id, name, version, architecture string) ack.VersionImage {
	return ack.VersionImage{
		ImageID: id, ImageName: name, ImageType: kind, ImageCategory: ack.VersionImageImageCategorySystem,
		Platform: ack.ImagePlatformAliyunLinux, OSType: ack.OSTypeLinux, OSVersion: version, Architecture: architecture,
	}
}

// images are the operating systems that nodes of all versions can have.
var images = []ack.VersionImage{
	image(ack.ImageTypeAliyunLinux3, "aliyun_3_x64_20G_alibase_20241218.vhd", "Alibaba Cloud Linux 3.2104", "3.2104", "x86_64"),
	image(ack.ImageTypeAliyunLinux3ARM64, "aliyun_3_arm64_20G_alibase_20241218.vhd", "Alibaba Cloud Linux 3.2104 64-bit ARM", "3.2104", "arm64"),
	image(ack.ImageTypeAliyunLinux3ContainerOptimized, "aliyun_3_x64_20G_container_optimized_20241226.vhd",
		"Alibaba Cloud Linux 3.2104 Container Optimized", "3.2104", "x86_64"),
	image(ack.ImageTypeContainerOS, "lifsea_3_x64_10G_containerd_1_6_38_alibase_20241226.vhd", "ContainerOS 3.5", "3.5", "x86_64"),
}

// Images returns the operating systems that nodes can have. Nobody may change them.
func Images() []ack.VersionImage { return images }
