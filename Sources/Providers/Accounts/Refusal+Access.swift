/// What a key gets that is good, but not for this.
extension Refusal {
  static func missingScope(_ scope: String, status: Int) -> Refusal {
    Refusal(
      status,
      """
      You have insufficient permissions for this operation. Missing scopes: \(scope). Check that \
      you have the correct role in your organization (Reader, Writer, Owner) and project (Member, \
      Owner), and if you're using a restricted API key, that it has the necessary scopes.
      """
    )
  }

  static let archivedProject = Refusal(
    401,
    "The project you are requesting has been archived and is no longer accessible",
    code: "not_authorized_invalid_project"
  )
}
