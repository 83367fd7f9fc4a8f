import Wire

/// A model as a resource lists it.
struct AzureModelBody {
  /// The model's id, or the deployment's name.
  let name: String
  let model: OpenAIModel

  func json() -> [UInt8] {
    let isChat = if case .chat = model.kind { true } else { false }
    var bytes: [UInt8] = []
    bytes.append(json: "{\"id\":")
    bytes.append(jsonString: name)
    bytes.append(json: ",\"object\":\"model\",\"status\":\"succeeded\",\"created_at\":")
    bytes.append(jsonNumber: Int(model.created))
    // The clients of OpenAI's own list read these two.
    bytes.append(json: ",\"created\":")
    bytes.append(jsonNumber: Int(model.created))
    bytes.append(json: ",\"owned_by\":\"system\",\"model\":")
    bytes.append(jsonString: model.id)
    bytes.append(json: ",\"lifecycle_status\":\"generally-available\",\"capabilities\":")
    bytes.append(
      json: isChat
        ? "{\"fine_tune\":false,\"inference\":true,\"chat_completion\":true,\"embeddings\":false}"
        : "{\"fine_tune\":false,\"inference\":true,\"chat_completion\":false,\"embeddings\":true}"
    )
    bytes.append(json: "}")
    return bytes
  }

  static func list(_ models: [AzureModelBody]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(json: "{\"data\":[")
    for (index, model) in models.enumerated() {
      if index > 0 { bytes.append(json: ",") }
      bytes += model.json()
    }
    bytes.append(json: "],\"object\":\"list\"}")
    return bytes
  }
}
