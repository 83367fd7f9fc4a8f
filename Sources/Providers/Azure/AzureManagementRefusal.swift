import Wire

/// The errors of Azure's resource manager.
extension AzureRefusal {
  static let noManagementToken = AzureRefusal(
    401,
    code: "AuthenticationFailed",
    "Authentication failed. The 'Authorization' header is missing."
  )

  static let wrongManagementToken = AzureRefusal(
    401,
    code: "InvalidAuthenticationToken",
    "The access token is invalid."
  )

  static let endedManagementToken = AzureRefusal(
    401,
    code: "ExpiredAuthenticationToken",
    "The access token expiry UTC time is earlier than current UTC time."
  )

  static let otherAudience = AzureRefusal(
    401,
    code: "InvalidAuthenticationTokenAudience",
    """
    The access token has been obtained for wrong audience or resource. It should exactly match \
    with one of the allowed audiences 'https://management.azure.com/',\
    'https://management.core.windows.net/'.
    """
  )

  static func notAuthorized(
    _ principal: String,
    action: String,
    scope: String
  ) -> AzureRefusal {
    AzureRefusal(
      403,
      code: "AuthorizationFailed",
      """
      The client '\(principal)' with object id '\(principal)' does not have authorization to \
      perform action 'Microsoft.CognitiveServices/accounts/\(action)/action' over scope \
      '\(scope)' or the scope is invalid. If access was recently granted, please refresh your \
      credentials.
      """
    )
  }

  static let missingManagementVersion = AzureRefusal(
    400,
    code: "MissingApiVersionParameter",
    "The api-version query parameter (?api-version=) is required for all requests."
  )

  static func unknownManagementVersion(
    _ version: String,
    known: Set<String>
  ) -> AzureRefusal {
    AzureRefusal(
      400,
      code: "InvalidResourceType",
      """
      The resource type 'accounts' could not be found in the namespace \
      'Microsoft.CognitiveServices' for api version '\(version.prefix(32))'. The supported \
      api-versions are '\(known.sorted().joined(separator: ","))'.
      """
    )
  }

  static func unknownSubscription(_ id: String) -> AzureRefusal {
    AzureRefusal(
      404,
      code: "SubscriptionNotFound",
      "The subscription '\(id.prefix(64))' could not be found."
    )
  }

  static func unknownGroup(_ name: String) -> AzureRefusal {
    AzureRefusal(
      404,
      code: "ResourceGroupNotFound",
      "Resource group '\(name.prefix(90))' could not be found."
    )
  }

  static func unknownAccount(_ name: String, group: String) -> AzureRefusal {
    AzureRefusal(
      404,
      code: "ResourceNotFound",
      """
      The Resource 'Microsoft.CognitiveServices/accounts/\(name.prefix(64))' under resource group \
      '\(group.prefix(90))' was not found. For more details please go to \
      https://aka.ms/ARMResourceNotFoundFix
      """
    )
  }

  static func wrongKeyName(_ name: String) -> AzureRefusal {
    AzureRefusal(
      400,
      code: "BadRequest",
      "The key name '\(name.prefix(32))' is invalid. Valid values are 'Key1' and 'Key2'."
    )
  }

  static let wrongBody = AzureRefusal(
    400,
    code: "InvalidRequestContent",
    "The request content was invalid and could not be deserialized."
  )

  static let unknownOperation = AzureRefusal(
    404,
    code: "InvalidResourceType",
    "The requested operation is not one of this resource type."
  )
}
