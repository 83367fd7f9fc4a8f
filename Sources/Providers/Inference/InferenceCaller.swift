/// Whose call it is, as far as an answer depends on it.
package struct InferenceCaller: Sendable, Hashable {
  package var keyID: String
  package var projectID: String
  package var organizationID: String

  package init(keyID: String, projectID: String, organizationID: String) {
    self.keyID = keyID
    self.projectID = projectID
    self.organizationID = organizationID
  }
}
