import HTTPTypes
import Wire
import Worlds

/// An answer of Azure OpenAI other than 200: status, documented body, and the headers beyond the
/// usual ones.
struct AzureRefusal: Error {
  var status: Int
  var body: AzureErrorBody
  var headers = HTTPFields()

  init(_ status: Int, code: String, _ message: String) {
    self.status = status
    body = .plain(code: code, message: message)
  }

  init(_ status: Int, body: AzureErrorBody) {
    self.status = status
    self.body = body
  }

  /// What OpenAI would say of the request itself, the service says as well.
  init(_ refusal: Refusal) {
    status = refusal.status
    body = .model(refusal.body)
    headers = refusal.headers
  }
}

/// Credentials.
extension AzureRefusal {
  static let wrongKey = AzureRefusal(
    401,
    code: "401",
    """
    Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a \
    valid key for an active subscription and use a correct regional API endpoint for your resource.
    """
  )

  /// No credential, or a token that is none of the issuer's, of another audience, or over.
  static let wrongToken = AzureRefusal(
    401,
    body: .gateway(
      statusCode: 401,
      message: """
        Unauthorized. Access token is missing, invalid, audience is incorrect \
        (https://cognitiveservices.azure.com), or have expired.
        """
    )
  )

  static let keysRefused = AzureRefusal(
    403,
    code: "AuthenticationTypeDisabled",
    "Key based authentication is disabled for this resource."
  )

  static func lacksRole(_ principal: String, _ operation: AzureRoute.Operation) -> AzureRefusal {
    AzureRefusal(
      401,
      code: "PermissionDenied",
      """
      The principal `\(principal)` lacks the required data action `\(operation.dataAction)` to \
      perform `\(operation.name)` operation.
      """
    )
  }
}

/// Paths, versions and deployments.
extension AzureRefusal {
  static let notFound = AzureRefusal(404, code: "404", "Resource not found")

  static let unknownVersion = AzureRefusal(400, code: "BadRequest", "API version not supported")

  /// As the service words it for older versions.
  static func noResponses(before first: String) -> AzureRefusal {
    AzureRefusal(
      400,
      code: "BadRequest",
      "Azure OpenAI Responses API is enabled only for api-version \(first) and later"
    )
  }

  static let unknownDeployment = AzureRefusal(
    404,
    code: "DeploymentNotFound",
    """
    The API deployment for this resource does not exist. If you created the deployment within the \
    last 5 minutes, please wait a moment and try again.
    """
  )

  static let wrongMethod = AzureRefusal(405, code: "405", "Method Not Allowed")

  /// A chat asked of an embedding model, or the reverse.
  static func unsupported(_ operation: AzureRoute.Operation, model: String) -> AzureRefusal {
    let name =
      switch operation {
      case .chat: "chatCompletion"
      case .embeddings: "embeddings"
      default: "responses"
      }
    return AzureRefusal(
      400,
      code: "OperationNotSupported",
      """
      The \(name) operation does not work with the \
      specified model, \(model). Please choose different model and try again.
      """
    )
  }
}

/// Limits, filters and faults.
extension AzureRefusal {
  static func rateLimit(
    _ reading: AzureRateWindow.Reading,
    _ operation: AzureRoute.Operation,
    model: String,
    deployment: String,
    resource: AzureResource,
    version: String
  ) -> AzureRefusal {
    let seconds = reading.resetSeconds
    var refusal = AzureRefusal(
      429,
      code: "429",
      """
      Your requests to \(model) for \(deployment) in \(resource.region) have exceeded the \
      \(reading.exceeded == .requests ? "call" : "token") rate limit for your current OpenAI S0 \
      pricing tier. This request was for \(operation.name) under Azure OpenAI API version \
      \(version). Please retry after \(seconds) seconds. To increase your default rate limit, \
      visit: https://aka.ms/oai/quotaincrease.
      """
    )
    refusal.headers[OpenAIHeader.retryAfter] = String(seconds)
    refusal.headers[OpenAIHeader.retryAfterMilliseconds] = String(seconds * 1_000)
    refusal.headers[OpenAIHeader.resetTokens] = String(seconds)
    refusal.headers[AzureHeader.policy] =
      reading.exceeded == .requests ? "DeploymentRatelimit-Call" : "DeploymentRatelimit-Token"
    return refusal
  }

  static func filtered(_ category: ContentFilterFindings.Category) -> AzureRefusal {
    AzureRefusal(400, body: .filtered(.init(stopped: category, isPrompt: true)))
  }

  /// What a story makes the service answer. The wording follows what was seen of each status.
  static func fault(_ status: Int, retryAfter: Duration?) -> AzureRefusal {
    var refusal =
      switch status {
      case 401: wrongKey
      case 404: notFound
      case 429:
        AzureRefusal(429, code: "429", "Rate limit is exceeded. Try again in a few seconds.")
      case 503:
        AzureRefusal(
          503,
          code: "ServiceUnavailable",
          "The service is temporarily unable to process your request. Please try again later."
        )
      case 500...:
        AzureRefusal(
          status,
          code: "InternalServerError",
          "The server had an error while processing your request. Sorry about that!"
        )
      default: AzureRefusal(status, code: String(status), "The request was refused.")
      }
    if let retryAfter {
      // Whole seconds, rounded up, at least one: what the header can say.
      let seconds = max(1, (retryAfter.nanoseconds + 999_999_999) / 1_000_000_000)
      refusal.headers[OpenAIHeader.retryAfter] = String(seconds)
    }
    return refusal
  }

  static func redirect(toHost host: String, path: String) -> AzureRefusal {
    var refusal = AzureRefusal(307, code: "307", "Temporary Redirect")
    refusal.headers[.location] = "https://\(host)\(path)"
    return refusal
  }
}
