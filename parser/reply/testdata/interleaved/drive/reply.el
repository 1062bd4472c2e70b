;; Answers the letter in $LETTER with Message mode, the composer of Gnus, and
;; keeps the mail in $OUT. $CONF is evaluated before.
(require 'message) (require 'gnus-art) (require 'mm-view) (require 'time-date)
(set-language-environment "UTF-8")
(setq user-full-name (getenv "NAME") user-mail-address (getenv "ADDRESS")
      message-signature nil message-kill-buffer-on-exit t
      message-generate-headers-first nil message-interactive nil
      mail-host-address "uni.test" message-user-fqdn "uni.test"
      system-time-locale (getenv "LANG") mm-text-html-renderer 'shr shr-use-fonts nil shr-width 72
      message-confirm-send nil mm-coding-system-priorities '(us-ascii iso-8859-1 utf-8))
(eval (car (read-from-string (concat "(progn " (getenv "CONF") ")"))))
(let ((article (generate-new-buffer "letter")) draft)
  (with-current-buffer article
    (insert-file-contents-literally (getenv "LETTER"))
    ;; What Gnus shows of it: the decoded header and the best part as text.
    (let* ((handle (mm-dissect-buffer t t)) (best (if (bufferp (car handle)) handle (or (mm-preferred-alternative (cdr handle) '("text/plain" "text/html")) (cadr handle)))))
      (goto-char (point-min)) (search-forward "\n\n")
      (delete-region (point) (point-max))
      (set-buffer-multibyte t)
      (mm-display-part best)
      (rfc2047-decode-region (point-min) (progn (goto-char (point-min)) (search-forward "\n\n") (point)))))
  (set-buffer article)
  (goto-char (point-min))
  (cl-letf (((symbol-function 'message-pop-to-buffer) (lambda (name &rest _) (set-buffer (get-buffer-create name)) (erase-buffer) (message-mode))))
    (message-reply))
  (setq message-reply-buffer article)
  (goto-char (point-max))
  (message-yank-original)
  (let ((file (make-temp-file "draft")) (coding-system-for-write 'utf-8) (coding-system-for-read 'utf-8))
    (message-goto-body)
    (write-region (point) (point-max) file)
    (unless (zerop (call-process-shell-command (concat (getenv "EDITOR") " " file) nil (get-buffer-create "*out*")))
      (error "%s" (with-current-buffer "*out*" (buffer-string))))
    (delete-region (point) (point-max))
    (insert-file-contents file))
  (message-insert-signature)
  (setq message-send-mail-function
        (lambda ()
          (goto-char (point-min))
          (when (re-search-forward (concat "^" (regexp-quote mail-header-separator) "\n") nil t) (replace-match "\n"))
          (let ((coding-system-for-write 'binary)) (write-region (point-min) (point-max) (getenv "OUT")))))
  (message-send-mail))
