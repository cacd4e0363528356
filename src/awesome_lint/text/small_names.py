"""Names of programs and formats that their makers write small even where a sentence begins."""

from __future__ import annotations

_NAMES = frozenset(
    "awk btrfs bzip2 cmake cron crontab curl dbus dpkg dwm esbuild eslint ffmpeg fzf gcc gdb glibc gofmt grep "
    "gzip hashcat htop i3 iperf iptables iputils jq jsdom kubectl libc libcurl libuv lodash lxc matplotlib mdadm "
    "minikube musl mypy ncurses nftables nginx nmap npm npx nvm pandas pip pipx pnpm procfs pytest rclone ripgrep "
    "rsync rustc sed sh ssh sshd sshfs strace sudo systemd tcpdump tmux tox udev uv uwsgi vi vim webpack wget "
    "xterm yt-dlp zfs zsh".split()
)


def is_written_small(word: str) -> bool:
    """Whether *word*, without punctuation around it, is a name that has no capital."""
    return word in _NAMES
