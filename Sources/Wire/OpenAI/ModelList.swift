/// The answer to `GET /v1/models`.
package struct ModelList: Sendable, Codable, Equatable {
  package var object: String
  package var data: [Model]

  package init(data: [Model]) {
    object = "list"
    self.data = data
  }

  package struct Model: Sendable, Codable, Equatable {
    package var id: String
    package var object: String
    /// Seconds since 1970.
    package var created: Int64
    package var ownedBy: String

    package init(id: String, created: Int64, ownedBy: String = "system") {
      self.id = id
      object = "model"
      self.created = created
      self.ownedBy = ownedBy
    }

    enum CodingKeys: String, CodingKey {
      case id
      case object
      case created
      case ownedBy = "owned_by"
    }
  }
}
