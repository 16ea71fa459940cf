"""Ends with a sentence if the port named on the command line cannot be served."""

import socket
import sys


def main(port):
    if not port.isdecimal() or not 0 < int(port) < 65536:
        return f"tpmguide: PORT is a number from 1 to 65535, not '{port}'."
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", int(port)))
        except PermissionError:
            return f"tpmguide: port {port} is reserved. Try: make run PORT=8000"
        except OSError:
            other = int(port) + 1 if int(port) < 65535 else 8000
            return f"tpmguide: port {port} is taken. Try: make run PORT={other}"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
