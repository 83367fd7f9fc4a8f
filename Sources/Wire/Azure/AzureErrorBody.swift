/// The errors of Azure OpenAI's data plane and of Azure's resource manager. Most have a code and a
/// message, and neither type nor parameter.
package enum AzureErrorBody: Error, Sendable, Hashable {
  /// `{"error":{"code":…,"message":…}}`.
  case plain(code: String, message: String)
  /// What the gateway before the service says, without an envelope.
  case gateway(statusCode: Int, message: String)
  /// A prompt that the content filter stopped.
  case filtered(ContentFilterFindings)
  /// What the model itself refuses is worded as at OpenAI.
  case model(OpenAIErrorBody)

  /// What a report calls the error by.
  package var code: String? {
    switch self {
    case .plain(let code, _): code
    case .gateway(let status, _): String(status)
    case .filtered: "content_filter"
    case .model(let body): body.code
    }
  }

  /// The whole body.
  package func json() -> [UInt8] {
    var bytes: [UInt8] = []
    switch self {
    case .plain(let code, let message):
      bytes.append(json: "{\"error\":{\"code\":")
      bytes.append(jsonString: code)
      bytes.append(json: ",\"message\":")
      bytes.append(jsonString: message)
      bytes.append(json: "}}")
    case .gateway(let status, let message):
      bytes.append(json: "{\"statusCode\":")
      bytes.append(jsonNumber: status)
      bytes.append(json: ",\"message\":")
      bytes.append(jsonString: message)
      bytes.append(json: "}")
    case .filtered(let findings):
      bytes.append(json: "{\"error\":{\"message\":")
      bytes.append(jsonString: Self.filterMessage)
      bytes.append(
        json: """
          ,"type":null,"param":"prompt","code":"content_filter","status":400,\
          "innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":
          """
      )
      findings.append(to: &bytes)
      bytes.append(json: "}}}")
    case .model(let body): return body.json()
    }
    return bytes
  }

  /// The first sentence is what clients look for.
  private static let filterMessage = """
    The response was filtered due to the prompt triggering Azure OpenAI's content management \
    policy. Please modify your prompt and retry. To learn more about our content filtering \
    policies please read our documentation: https://go.microsoft.com/fwlink/?linkid=2198766
    """
}
