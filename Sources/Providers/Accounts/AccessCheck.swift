import HTTPTypes
import Secrets
import Wire

/// Which of the provider's two APIs a request is for. Each wants keys of its own kind.
enum Audience: Sendable {
  case inference
  case administration
}

/// What one call may do, as its credential stands at this moment.
struct AccessCheck {
  let presented: Secret?
  let credential: Credential?
  let audience: Audience
  let isRead: Bool
  let path: String
  let headers: HTTPFields
  let missingScopeStatus: Int

  func standing(_ accounts: ProviderAccounts) -> OngoingCall.Standing {
    guard let presented else { return .refused(.noKey) }
    guard let credential, credential.isAccepted else { return .refused(.wrongKey(presented)) }
    switch (credential, audience) {
    case (.project(let key, _, _), .inference): return inference(key, accounts)
    case (.admin(let key, _, _), .administration): return .administrator(key)
    case (.admin, .inference):
      return .refused(.missingScope("model.request", status: missingScopeStatus))
    case (.project, .administration):
      return .refused(.missingScope(managementScope, status: missingScopeStatus))
    }
  }

  private func inference(
    _ key: ProviderAccounts.Key,
    _ accounts: ProviderAccounts
  ) -> OngoingCall.Standing {
    if let organization = headers[OpenAIHeader.organization],
      organization != key.project.organizationID
    {
      return .refused(
        accounts.hasOrganization(organization)
          ? .mismatchedOrganization : .unknownOrganization(organization)
      )
    }
    if let project = headers[OpenAIHeader.project], project != key.project.id {
      return .refused(.mismatchedProject)
    }
    if accounts.isArchived(key.project) { return .refused(.archivedProject) }
    if let scope = key.restriction.missingScope(isRead: isRead, path: path) {
      return .refused(.missingScope(scope, status: missingScopeStatus))
    }
    return .accepted(key)
  }

  private var managementScope: String {
    let ofBooks = ["/v1/organization/usage", "/v1/organization/costs"]
    if ofBooks.contains(where: path.hasPrefix) { return "api.usage.read" }
    return isRead ? "api.management.read" : "api.management.write"
  }
}
