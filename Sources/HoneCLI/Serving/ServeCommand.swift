// SPDX-License-Identifier: Apache-2.0

#if HONE_TRAINING
  import ArgumentParser
  import Foundation
  import HoneModelFiles
  import HoneServing

  struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "serve",
      abstract: "Serve prompters in the form of OpenAI's chat completions.",
      discussion: """
        The model prompter:NAME, or prompter:NAME:TARGET, answers with the rewrite of
        the user's last message. Requests that come at the same time are computed in
        one batch. Ctrl-C ends it.

          hone serve
          curl http://127.0.0.1:8765/v1/chat/completions -H 'content-type: application/json' \\
            -d '{"model": "prompter:mine", "messages": [{"role": "user", "content": "rain"}]}'
        """)

    @OptionGroup var place: PrompterPlace

    @Option(help: ArgumentHelp("The port; 0 for any that is free.", valueName: "n"))
    var port = 8765

    @Option(help: ArgumentHelp("The address to listen at.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The most tokens of a rewrite.", valueName: "n"))
    var maxTokens = 256

    func validate() throws {
      if !(0...65_535).contains(port) { throw ValidationError("--port must be in 0…65535") }
      if maxTokens < 1 { throw ValidationError("--max-tokens must be at least 1") }
    }

    func run() async throws {
      let console = Console.standard
      let opening = ModelOpening(
        library: ModelLibrary(), weights: .f16, console: console, isQuiet: true)
      let shelf = PrompterShelf(
        directory: place.directory, opening: opening, maxTokens: maxTokens)
      if !["127.0.0.1", "::1", "localhost"].contains(host) {
        console.error(
          "warning: whoever reaches \(host) can use this server; it asks for no password")
      }
      let server: PromptServer
      do {
        server = try await PromptServer(shelf, host: host, port: port)
      } catch {
        throw CommandFailure(.failed, error.description)
      }
      let names = try await shelf.models().map(\.name)
      console.out(
        "Serving \(names.isEmpty ? "no prompters yet" : names.joined(separator: ", ")) at"
          + " http://\(host.contains(":") ? "[\(host)]" : host):\(server.port)/v1")
      do {
        try await CancelledBySignal.run { try await server.run() }
      } catch is CancellationError {
        // Ctrl-C is how serving ends.
      }
      console.error("The server has ended.")
    }
  }
#endif
