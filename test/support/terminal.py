# A terminal for one program: what comes on stdin is typed, what the program prints goes to stdout. It ends with its stdin.
import fcntl, os, pty, select, signal, struct, sys, termios

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', 50, 400, 0, 0))
while True:
    ready, _, _ = select.select([0, terminal], [], [])
    try:
        if 0 in ready:
            typed = os.read(0, 65536)
            if not typed:
                break
            os.write(terminal, typed)
        if terminal in ready:
            os.write(1, os.read(terminal, 65536))
    except OSError:
        break
os.kill(pid, signal.SIGKILL)
