package roa

// Code is an error code of the service, to be matched by [errors.Is]:
//
//	if errors.Is(err, roa.CodeThrottlingUser) { ... }
//	if errors.Is(err, ack.CodeErrorClusterNotFound) { ... }
//
// Case does not matter. Most programs match a class such as [ErrNotFound], which
// many codes have. The constants are the codes of the gateway and of the ROA style,
// which all products share; a generated client has those of its product.
type Code string

// Error returns the code, so that a code can be the target of [errors.Is].
func (c Code) Error() string { return string(c) }

// The codes about who is calling, and what the caller may do.
const (
	CodeForbidden                   Code = "Forbidden"
	CodeForbiddenRAM                Code = "Forbidden.RAM"
	CodeIncompleteSignature         Code = "IncompleteSignature"
	CodeInvalidAccessKeyIDInactive  Code = "InvalidAccessKeyId.Inactive"
	CodeInvalidAccessKeyIDNotFound  Code = "InvalidAccessKeyId.NotFound"
	CodeInvalidSecurityTokenExpired Code = "InvalidSecurityToken.Expired"
	CodeInvalidTimeStampExpired     Code = "InvalidTimeStamp.Expired"
	CodeInvalidTimeStampFormat      Code = "InvalidTimeStamp.Format"
	CodeMissingAccessKeyID          Code = "MissingAccessKeyId"
	CodeMissingSecurityToken        Code = "MissingSecurityToken"
	CodeSignatureDoesNotMatch       Code = "SignatureDoesNotMatch"
	CodeSignatureNonceUsed          Code = "SignatureNonceUsed"
)

// The codes about the request.
const (
	CodeContentSHA256NotMatched Code = "ContentSha256NotMatched"
	CodeInvalidActionNotFound   Code = "InvalidAction.NotFound"
	CodeInvalidAPINotFound      Code = "InvalidApi.NotFound"
	CodeInvalidParameter        Code = "InvalidParameter"
	CodeInvalidResourceNotFound Code = "InvalidResource.NotFound"
	CodeInvalidVersion          Code = "InvalidVersion"
	CodeMissingParameter        Code = "MissingParameter"
)

// The codes about the state of the service.
const (
	CodeDependencyViolationResource Code = "DependencyViolation.Resource"
	CodeInternalError               Code = "InternalError"
	CodeRejectedThrottling          Code = "Rejected.Throttling"
	CodeServiceUnavailable          Code = "ServiceUnavailable"
	CodeThrottling                  Code = "Throttling"
	CodeThrottlingAPI               Code = "Throttling.Api"
	CodeThrottlingUser              Code = "Throttling.User"
)
