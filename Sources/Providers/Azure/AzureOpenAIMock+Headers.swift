import HTTPTypes
import Hummingbird
import Wire
import Worlds

extension AzureOpenAIMock {
  /// The headers of a 200, but for what hangs on the request.
  static func headers(_ facts: SuccessFacts) -> HTTPFields {
    var headers = gatewayHeaders(facts.draws.requestID)
    headers[.contentType] = facts.contentType
    headers[OpenAIHeader.processingMilliseconds] = String(
      facts.processing.nanoseconds / 1_000_000
    )
    headers[AzureHeader.modelSession] = "d" + facts.draws.requestID.suffix(12)
    for field in facts.ownLimits { headers[field.name] = field.value }
    return headers
  }

  /// Those of every answer.
  ///
  /// - Parameter requestID: with 32 hexadecimal digits at its end, which make the two ids.
  static func gatewayHeaders(_ requestID: String) -> HTTPFields {
    var headers = HTTPFields()
    headers.reserveCapacity(16)
    let digits = Array(requestID.suffix(32))
    headers[OpenAIHeader.requestID] = uuid(digits)
    headers[AzureHeader.gatewayRequestID] = uuid(digits.reversed())
    headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains; preload"
    headers[.xContentTypeOptions] = "nosniff"
    return headers
  }

  /// What hangs on the request and the resource.
  func add(_ admission: Admission, to headers: inout HTTPFields, _ request: Request) {
    headers[AzureHeader.region] = admission.resource.region
    if let id = request.headers[AzureHeader.clientRequestID], id.utf8.count <= 128 {
      headers[AzureHeader.clientRequestID] = id
    }
  }

  private static func uuid(_ digits: [Character]) -> String {
    var text = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text.append("-") }
      text.append(digit)
    }
    return text
  }
}

extension AzureRateWindow.Reading {
  /// As a 200 tells it: integers, and seconds where OpenAI writes durations.
  func headers(_ deployment: String) -> HTTPFields {
    var headers = HTTPFields()
    headers[OpenAIHeader.remainingRequests] = String(remainingRequests)
    headers[OpenAIHeader.remainingTokens] = String(remainingTokens)
    headers[AzureHeader.deployment] = deployment
    return headers
  }
}

extension ChatAdditions {
  /// What the content filter says of a prompt and an answer that it let pass.
  static let azure: ChatAdditions = {
    let prompt = ContentFilterFindings(isPrompt: true).promptMember()
    let choice = ContentFilterFindings(isPrompt: false).choiceMember()
    let comma = Array(",".utf8)
    return ChatAdditions(
      body: comma + prompt,
      choice: comma + choice,
      frameChoice: Array(",\"content_filter_results\":{}".utf8),
      pieceChoice: comma + choice,
      opening: Array("data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\"".utf8)
        + Array(",\"object\":\"\",".utf8) + prompt + Array("}\n\n".utf8)
    )
  }()
}
