/// What Azure's content filter found in a prompt or an answer.
package struct ContentFilterFindings: Sendable, Hashable {
  package enum Category: String, Sendable, CaseIterable {
    case hate
    case selfHarm = "self_harm"
    case sexual
    case violence
    /// An attempt to talk the model out of its rules: looked for in prompts alone, and either
    /// there or not.
    case jailbreak
  }

  /// The category that was found and stopped; nil when all is safe.
  package var stopped: Category?
  /// Whether it is a prompt's: only there is the jailbreak category reported.
  package var isPrompt: Bool

  package init(stopped: Category? = nil, isPrompt: Bool) {
    self.stopped = stopped
    self.isPrompt = isPrompt
  }

  /// Appends the object with one member for each category.
  package func append(to bytes: inout [UInt8]) {
    bytes.append(json: "{")
    for category in Category.allCases where isPrompt || category != .jailbreak {
      if category != .hate { bytes.append(json: ",") }
      bytes.append(jsonString: category.rawValue)
      let isStopped = category == stopped
      bytes.append(json: isStopped ? ":{\"filtered\":true," : ":{\"filtered\":false,")
      if category == .jailbreak {
        bytes.append(json: isStopped ? "\"detected\":true}" : "\"detected\":false}")
      } else {
        bytes.append(json: isStopped ? "\"severity\":\"medium\"}" : "\"severity\":\"safe\"}")
      }
    }
    bytes.append(json: "}")
  }

  /// The object alone.
  package func json() -> [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  /// The member that stands at the top of an answer, and alone in a stream's first record.
  package func promptMember() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(
      json: "\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":"
    )
    append(to: &bytes)
    bytes.append(json: "}]")
    return bytes
  }

  /// The member that stands in each choice of an answer or a stream.
  package func choiceMember() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(json: "\"content_filter_results\":")
    append(to: &bytes)
    return bytes
  }
}
