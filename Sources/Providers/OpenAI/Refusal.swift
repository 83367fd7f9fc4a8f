import HTTPTypes
import Secrets
import Wire
import Worlds

/// An answer other than 200: status, documented body, and the headers beyond the usual ones.
struct Refusal: Error {
  var status: Int
  var body: OpenAIErrorBody
  var headers = HTTPFields()
  /// Raised behind the edge, by the service itself: it names its organization and its version.
  var isOfService = false

  init(
    _ status: Int,
    _ message: String,
    type: String = "invalid_request_error",
    param: String? = nil,
    code: String? = nil
  ) {
    self.status = status
    body = OpenAIErrorBody(message: message, type: type, param: param, code: code)
  }
}

/// Credentials.
extension Refusal {
  static let noKey = Refusal(
    401,
    """
    You didn't provide an API key. You need to provide your API key in an Authorization header \
    using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).
    """
  )

  /// A key that was deleted and one that never was are refused alike.
  static func wrongKey(_ secret: Secret) -> Refusal {
    Refusal(
      401,
      """
      Incorrect API key provided: \(masked(secret)). You can find your API key at \
      https://platform.openai.com/account/api-keys.
      """,
      code: "invalid_api_key"
    )
  }

  static func unknownOrganization(_ id: String) -> Refusal {
    Refusal(401, "No such organization: \(id.prefix(64)).", code: "invalid_organization")
  }

  static let mismatchedOrganization = Refusal(
    401,
    "OpenAI-Organization header should match organization for API key",
    code: "mismatched_organization"
  )

  static let mismatchedProject = Refusal(
    401,
    "OpenAI-Project header should match project for API key",
    code: "mismatched_project"
  )

  /// The first eight characters and the last four stay; so does a value of eight.
  private static func masked(_ secret: Secret) -> String {
    secret.reveal { value in
      guard value.count > 8 else { return value }
      let tail = value.count > 12 ? 4 : 0
      let hidden = min(value.count - 8 - tail, 512)
      return value.prefix(8) + String(repeating: "*", count: hidden) + value.suffix(tail)
    }
  }
}

/// Requests.
extension Refusal {
  init(_ fault: RequestFault) {
    switch fault {
    case .notJSON:
      self.init(
        400,
        """
        We could not parse the JSON body of your request. (HINT: This likely means you aren't \
        using your HTTP library correctly. The API expects a JSON payload.)
        """
      )
    case .missing(let parameter):
      self.init(
        400,
        "Missing required parameter: '\(parameter)'.",
        param: parameter,
        code: "missing_required_parameter"
      )
    case .unknown(let parameter):
      self.init(
        400,
        "Unknown parameter: '\(parameter)'.",
        param: parameter,
        code: "unknown_parameter"
      )
    case .wrongType(let parameter, let wanted, let found):
      self.init(
        400,
        "Invalid type for '\(parameter)': expected \(wanted), but got \(found) instead.",
        param: parameter,
        code: "invalid_type"
      )
    case .notOffered(let parameter, let advice):
      self.init(
        400,
        "Unsupported parameter: '\(parameter)' is not offered by this mock. \(advice)",
        param: parameter,
        code: "unsupported_parameter"
      )
    case .invalid(let parameter, let wanted):
      self.init(
        400,
        "Invalid value for '\(parameter)': expected \(wanted).",
        param: parameter,
        code: "invalid_value"
      )
    case .misplacedToolMessage(let number):
      self.init(
        400,
        """
        Invalid parameter: messages with role 'tool' must be a response to a preceding message \
        with 'tool_calls'.
        """,
        param: "messages.[\(number)].role"
      )
    case .unansweredToolCalls(let ids):
      self.init(
        400,
        """
        An assistant message with 'tool_calls' must be followed by tool messages responding to \
        each 'tool_call_id'. The following tool_call_ids did not have response messages: \
        \(ids.prefix(8).joined(separator: ", ").prefix(400))
        """,
        param: "messages"
      )
    }
  }

  static func tooLarge(limit: Int) -> Refusal {
    Refusal(413, "Maximum content size limit (\(limit)) exceeded.")
  }

  static func unknownModel(_ model: String) -> Refusal {
    Refusal(
      404,
      "The model `\(model.prefix(200))` does not exist or you do not have access to it.",
      code: "model_not_found"
    )
  }

  static let notAChatModel = Refusal(
    404,
    "This is not a chat model and thus not supported in the v1/chat/completions endpoint.",
    param: "model"
  )

  static let notAnEmbeddingModel = Refusal(
    403,
    "You are not allowed to generate embeddings from this model"
  )

  static let maxTokensUnsupported = Refusal(
    400,
    """
    Unsupported parameter: 'max_tokens' is not supported with this model. Use \
    'max_completion_tokens' instead.
    """,
    param: "max_tokens",
    code: "unsupported_parameter"
  )

  static func tooLong(tokens: Int, limit: Int, param: String) -> Refusal {
    Refusal(
      400,
      """
      This model's maximum context length is \(limit) tokens. However, your messages resulted in \
      \(tokens) tokens. Please reduce the length of the messages.
      """,
      param: param,
      code: "context_length_exceeded"
    )
  }

  /// - Parameters:
  ///   - place: what the schema is of, as the message names it.
  ///   - code: of tools, whose schemas have one of their own.
  static func schemaTooLarge(_ place: String, param: String, code: String? = nil) -> Refusal {
    Refusal(
      400,
      "Invalid schema for \(place): a schema may have at most \(SchemaInstance.mostNodes) nodes.",
      param: param,
      code: code
    )
  }

  static func tooMuchAnswer(budget: Int) -> Refusal {
    Refusal(
      400,
      """
      The answers asked for are too large: 'n' times their tokens times (1 + 'top_logprobs') may \
      be at most \(budget).
      """,
      param: "n",
      code: "invalid_value"
    )
  }

  /// The responses API tells of an unknown model in its own way.
  static func unknownModelOfResponse(_ model: String) -> Refusal {
    var refusal = Refusal(
      400,
      "The requested model '\(model.prefix(200))' does not exist.",
      param: "model",
      code: "model_not_found"
    )
    refusal.isOfService = true
    return refusal
  }

  static func unknownPreviousResponse(_ id: String) -> Refusal {
    Refusal(
      400,
      "Previous response with id '\(id.prefix(100))' not found.",
      param: "previous_response_id",
      code: "previous_response_not_found"
    )
  }

  static func unknownResponse(_ id: String) -> Refusal {
    Refusal(404, "Response with id '\(id.prefix(100))' not found.")
  }

  static func unsupported(_ parameter: String) -> Refusal {
    Refusal(
      400,
      "Unsupported parameter: '\(parameter)' is not supported with this model.",
      param: parameter,
      code: "unsupported_parameter"
    )
  }

  static let jsonNotMentioned = Refusal(
    400,
    """
    'messages' must contain the word 'json' in some form, to use 'response_format' of type \
    'json_object'.
    """,
    param: "messages"
  )

  static func unknownPath(method: String, path: String) -> Refusal {
    let shown = path.prefix(200)
    guard path.hasPrefix("/v1/") || path == "/v1" else {
      return Refusal(
        404,
        "Unknown request URL: \(method) \(shown). Please check the URL for typos.",
        code: "unknown_url"
      )
    }
    return Refusal(404, "Invalid URL (\(method) \(shown))")
  }

  static func wrongMethod(_ method: String, path: String) -> Refusal {
    Refusal(
      405,
      "Not allowed to \(method) on \(path.prefix(200)).",
      code: "method_not_supported"
    )
  }
}
