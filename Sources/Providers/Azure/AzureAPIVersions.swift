/// The `api-version` values that the data plane and the resource manager know.
package struct AzureAPIVersions: Sendable, Hashable {
  /// Of the paths with deployments.
  package var classic: Set<String>
  /// Of `/openai/v1`, where a version is optional.
  package var v1: Set<String>
  package var management: Set<String>
  /// The first of `classic` with the responses API; they are named by their days.
  package var firstWithResponses = "2025-03-01-preview"

  package init(classic: Set<String>, v1: Set<String>, management: Set<String>) {
    self.classic = classic
    self.v1 = v1
    self.management = management
  }

  /// Those in service in November 2026, as far as the public lifecycle pages and clients name them.
  package static let standard = AzureAPIVersions(
    classic: [
      "2023-05-15", "2024-02-01", "2024-06-01", "2024-10-21",
      "2024-05-01-preview", "2024-07-01-preview", "2024-08-01-preview", "2024-09-01-preview",
      "2024-10-01-preview", "2024-12-01-preview", "2025-01-01-preview", "2025-02-01-preview",
      "2025-03-01-preview", "2025-04-01-preview",
    ],
    v1: ["v1", "preview", "latest"],
    management: [
      "2023-05-01", "2024-10-01", "2025-06-01", "2025-09-01", "2025-12-01",
      "2024-04-01-preview", "2024-06-01-preview", "2025-04-01-preview", "2025-07-01-preview",
      "2025-10-01-preview",
    ]
  )

  /// Whether a path of the data plane is served under this version.
  func serves(_ version: String?, isV1: Bool) -> Bool {
    guard let version else { return isV1 }
    return (isV1 ? v1 : classic).contains(version)
  }

  func hasResponses(_ version: String?, isV1: Bool) -> Bool {
    isV1 || version.map { $0 >= firstWithResponses } ?? false
  }
}
