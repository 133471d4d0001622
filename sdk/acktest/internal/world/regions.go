package world

import (
	"slices"
	"strings"

	"github.com/ackgen/ackgen/sdk/ack"
)

// A Region is where clusters can be.
type Region struct {
	ID, Chinese, English string
}

// regions are those that have an endpoint of their own.
var regions = []Region{
	{"cn-qingdao", "华北1（青岛）", "China (Qingdao)"},
	{"cn-beijing", "华北2（北京）", "China (Beijing)"},
	{"cn-zhangjiakou", "华北3（张家口）", "China (Zhangjiakou)"},
	{"cn-huhehaote", "华北5（呼和浩特）", "China (Hohhot)"},
	{"cn-wulanchabu", "华北6（乌兰察布）", "China (Ulanqab)"},
	{"cn-hangzhou", "华东1（杭州）", "China (Hangzhou)"},
	{"cn-shanghai", "华东2（上海）", "China (Shanghai)"},
	{"cn-nanjing", "华东5（南京）", "China (Nanjing)"},
	{"cn-fuzhou", "华东6（福州）", "China (Fuzhou)"},
	{"cn-shenzhen", "华南1（深圳）", "China (Shenzhen)"},
	{"cn-heyuan", "华南2（河源）", "China (Heyuan)"},
	{"cn-guangzhou", "华南3（广州）", "China (Guangzhou)"},
	{"cn-wuhan-lr", "华中1（武汉）", "China (Wuhan)"},
	{"cn-chengdu", "西南1（成都）", "China (Chengdu)"},
	{"cn-zhongwei", "中卫", "China (Zhongwei)"},
	{"cn-zhengzhou-jva", "郑州", "China (Zhengzhou)"},
	{"cn-heyuan-acdr-1", "河源专属云", "China (Heyuan, dedicated)"},
	{"cn-wulanchabu-gic-1", "乌兰察布专属云", "China (Ulanqab, dedicated)"},
	{"cn-hongkong", "中国香港", "China (Hong Kong)"},
	{"ap-northeast-1", "日本（东京）", "Japan (Tokyo)"},
	{"ap-northeast-2", "韩国（首尔）", "South Korea (Seoul)"},
	{"ap-southeast-1", "新加坡", "Singapore"},
	{"ap-southeast-3", "马来西亚（吉隆坡）", "Malaysia (Kuala Lumpur)"},
	{"ap-southeast-5", "印度尼西亚（雅加达）", "Indonesia (Jakarta)"},
	{"ap-southeast-7", "泰国（曼谷）", "Thailand (Bangkok)"},
	{"ap-southeast-8", "马来西亚（柔佛）", "Malaysia (Johor)"},
	{"us-east-1", "美国（弗吉尼亚）", "US (Virginia)"},
	{"us-southeast-1", "美国（亚特兰大）", "US (Atlanta)"},
	{"us-west-1", "美国（硅谷）", "US (Silicon Valley)"},
	{"na-south-1", "墨西哥", "Mexico"},
	{"eu-west-1", "英国（伦敦）", "UK (London)"},
	{"eu-west-2", "法国（巴黎）", "France (Paris)"},
	{"eu-central-1", "德国（法兰克福）", "Germany (Frankfurt)"},
	{"me-east-1", "阿联酋（迪拜）", "UAE (Dubai)"},
	{"me-central-1", "沙特（利雅得）", "Saudi Arabia (Riyadh)"},
	{"cn-beijing-finance-1", "华北2 金融云（北京）", "China (Beijing Finance)"},
	{"cn-hangzhou-finance", "华东1 金融云（杭州）", "China (Hangzhou Finance)"},
	{"cn-shanghai-finance-1", "华东2 金融云（上海）", "China (Shanghai Finance)"},
	{"cn-shenzhen-finance-1", "华南1 金融云（深圳）", "China (Shenzhen Finance)"},
	{"cn-north-2-gov-1", "华北2 阿里政务云1", "China (Beijing Government)"},
}

// profiles are those of managed clusters.
var profiles = []ack.ClusterProfile{
	ack.ClusterProfileDefault, ack.ClusterProfileServerless, ack.ClusterProfileEdge, ack.ClusterProfileLingjun, ack.ClusterProfileASKV2,
}

// IsRegion reports whether there is a region of an id.
func IsRegion(id string) bool {
	return slices.ContainsFunc(regions, func(r Region) bool { return r.ID == id })
}

// OffersClusters reports whether there are clusters of a type, and of a profile where they are managed ones; empty ones do not matter.
func OffersClusters(kind ack.ClusterType, profile ack.ClusterProfile) bool {
	types := []ack.ClusterType{
		"", ack.ClusterTypeManagedKubernetes, ack.ClusterTypeKubernetes, ack.ClusterTypeExternalKubernetes, ack.ClusterTypeASK,
	}
	isType := func(t ack.ClusterType) bool { return strings.EqualFold(string(t), string(kind)) } // documents differ in case
	if !slices.ContainsFunc(types, isType) {
		return false
	}
	isProfile := func(p ack.ClusterProfile) bool { return strings.EqualFold(string(p), string(profile)) }
	managed := kind == "" || strings.EqualFold(string(kind), string(ack.ClusterTypeManagedKubernetes))
	return !managed || profile == "" || slices.ContainsFunc(profiles, isProfile)
}

// Regions returns all regions. Nobody may change them.
func Regions() []Region { return regions }
